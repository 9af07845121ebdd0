// milsymbol's own types describe its bundle; the page takes its parts, and reads what it would draw.
declare module "milsymbol" {
  type Icons = () => void;
  class MilSymbol {
    constructor(code: string, options: { size: number; strokeWidth: number });
    bbox: { x1: number; y1: number; x2: number; y2: number };
    drawInstructions: Record<string, unknown>[];
    style: { strokeWidth: number };
    width: number;
    height: number;
  }
  export const ms: { addIcons(icons: Icons[]): void; Symbol: typeof MilSymbol };
  export const numberair: Icons,
    numberlandequipment: Icons,
    numberlandinstallation: Icons,
    numberlandunit: Icons,
    numbersea: Icons;
}
