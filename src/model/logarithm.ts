/** A logarithm that is the same to the last bit on every machine: the last bits of `Math.log` may differ. */

/** ln 2 in two parts, of which the first has so few bits that its product with an exponent is exact. */
const LN_2 = 0.6931471803691238;
const LN_2_REST = 1.9082149292705877e-10;

/** 1/3, 1/5, …: the series of artanh, which ends below 1e-18 up to (√2 - 1)/(√2 + 1). */
const ARTANH = Array.from({ length: 11 }, (_, i) => 1 / (2 * i + 3));

const bits = new DataView(new ArrayBuffer(8));

/**
 * ln x, within 1e-15 of its size.
 *
 * @param x from 2⁻¹⁰²², the smallest number of full precision, up; finite
 */
export function log(x: number): number {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  const mantissa = bits.getFloat64(0);
  const halves = mantissa > Math.SQRT2;
  const exponent = (high >>> 20) - 1023 + (halves ? 1 : 0);
  // x = m·2^exponent, and ln m = 2 artanh s
  const m = halves ? mantissa / 2 : mantissa;
  const s = (m - 1) / (m + 1);
  const q = s * s;
  let series = 0;
  for (let i = ARTANH.length - 1; i >= 0; i--) series = (series + ARTANH[i]) * q;
  return exponent * LN_2 + (exponent * LN_2_REST + 2 * (s + s * series));
}
