/** Colours of text for a terminal. Whoever prints decides for each stream whether it gets any. */
import pc from "picocolors";

export type Palette = Pick<
  ReturnType<typeof pc.createColors>,
  "bold" | "dim" | "red" | "green" | "blue" | "cyan" | "magenta"
>;

/** @param coloured where it is false, text stays as it is */
export function paletteOf(coloured: boolean): Palette {
  return pc.createColors(coloured);
}

export const PLAIN = paletteOf(false);
