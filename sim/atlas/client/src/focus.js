// Focus that survives being drawn anew.

/**
 * Draws a part of the page, and gives the focus back to what stands for the same thing as before.
 * @param {Element} root
 * @param {() => void} draw
 */
export function keepingFocus(root, draw) {
  const active = document.activeElement;
  const opens = active !== null && root.contains(active) ? active.getAttribute("data-open") : null;
  draw();
  if (opens === null) return;
  const again = [...root.querySelectorAll("[data-open]")].find(
    (candidate) => candidate.getAttribute("data-open") === opens,
  );
  if (again instanceof HTMLElement || again instanceof SVGElement) again.focus({ preventScroll: true });
}
