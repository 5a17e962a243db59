/** The class of a colour, and its value where the class alone does not say it. */
export type AnsiColour = { readonly name?: string; readonly rgb?: string };

const levels = [0, 95, 135, 175, 215, 255] as const;

/**
 * A colour as Anser names it: one of sixteen with a class of their own, `ansi-palette-<n>` of the 256, or `ansi-truecolor` with its parts. Of the last
 * two the style sheet keeps the hue and bends the lightness, so that they can be read in both themes.
 */
export function colourOf(kind: "ansi" | "ansi-bg", colour: string | null, parts: string | null): AnsiColour {
  if (colour === null) return {};
  if (colour === "ansi-truecolor") return parts === null ? {} : { name: `${kind}-rgb`, rgb: `rgb(${parts})` };
  const index = /^ansi-palette-(\d+)$/.exec(colour)?.[1];
  if (index !== undefined) return { name: `${kind}-rgb`, rgb: `rgb(${paletteOf(Number(index)).join(", ")})` };
  return { name: colour.replace("ansi", kind) };
}

/** Colours 16 to 231 are a cube of six levels, 232 to 255 a ramp of greys. */
function paletteOf(index: number): [red: number, green: number, blue: number] {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return [grey, grey, grey];
  }
  const level = (unit: number) => levels[Math.floor((index - 16) / unit) % 6] ?? 0;
  return [level(36), level(6), level(1)];
}
