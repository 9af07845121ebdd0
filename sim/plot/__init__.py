"""Plots: pictures of a run for documents, drawn by matplotlib, which nothing else imports."""
