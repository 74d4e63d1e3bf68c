/** Colours and type of every picture. Colours are Okabe & Ito's (2008), which colour-blind readers can tell apart. */

export const FONT_FAMILY = "Source Sans 3";
/** What a browser takes where the first is missing. */
export const FONT_FAMILIES = `${FONT_FAMILY}, Helvetica, Arial, sans-serif`;

export const INK = "#222222";
export const FAINT_INK = "#666666";
export const RULE = "#c8c8c8";

/** Beside the blue still light when printed in grey. */
export const PALE_GREEN = "#cfe8dd";
export const BLUE = "#0072b2";
export const ORANGE = "#d55e00";

/** The layers of a network take these in turn; dash patterns tell the rounds apart. */
export const LAYER_COLOURS = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#56b4e9",
  "#e69f00",
  "#222222",
] as const;

/** A dead neuron's X. */
export const DEAD_RED = "#c00000";

export const TITLE_SIZE = 17;
export const TEXT_SIZE = 13;
export const SMALL_SIZE = 11;
