// Runs before the first paint, so that a dark page never flashes light. The choice is kept by src/shell/theme.ts.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem("infraskill.theme");
  } catch {
    // Storage may be refused; the system's preference decides then.
  }
  const dark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
