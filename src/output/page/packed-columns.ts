/** Columns of numbers as text: their bytes in base64, each number in as few as the column's largest needs. */

export interface PackedColumn {
  readonly type: ColumnType;
  readonly base64: string;
}

const ARRAYS = {
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  float64: Float64Array,
} as const;
type ColumnType = keyof typeof ARRAYS;

/** @param values read back as they are, to the last bit; of whole numbers from 0 it takes less room */
export function packColumn(values: Float64Array): PackedColumn {
  const type = typeFor(values);
  return { type, base64: base64Of(new Uint8Array(ARRAYS[type].from(values).buffer)) };
}

function typeFor(values: Float64Array): ColumnType {
  let most = 0;
  for (const value of values) {
    if (!Number.isInteger(value) || value < 0 || Object.is(value, -0)) return "float64";
    most = Math.max(most, value);
  }
  if (most < 2 ** 8) return "uint8";
  if (most < 2 ** 16) return "uint16";
  return most < 2 ** 32 ? "uint32" : "float64";
}

export function unpackColumn({ type, base64 }: PackedColumn): Float64Array {
  return Float64Array.from(new ARRAYS[type](bytesOf(base64).buffer));
}

/** A part at a time: a call takes only so many arguments. */
const PART = 0x8000;

export function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += PART) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + PART)));
  }
  return btoa(parts.join(""));
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
