// The bundler takes the styles apart from the program.
declare module "*.css";
