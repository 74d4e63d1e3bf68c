/**
 * The constants of exp, expm1 and the normal distribution function. The kernel (assembly/) is compiled
 * with this file too, so it keeps to what both compilers read.
 *
 * The coefficients are our own: Remez's exchange in 160 bits (mpmath) for the smallest largest relative
 * error. Those of expm1 were rounded to float32 one after another, the lowest power first, and the rest
 * fitted anew after each.
 */

// exp and expm1, in float32; every number here is one, written out.
export const LOG2_E = 1.4426950216293335;
/** ln 2 in two parts. The first has 9 bits, so that a product with a whole number to 2^15 is exact. */
export const LN2_HIGH = 0.693359375;
export const LN2_LOW = -0.00021219444170128554;
/**
 * 1.5·2^23, where float32 has whole numbers alone: x + TO_WHOLE - TO_WHOLE is x rounded to one, the nearest,
 * and the sum has it in its last bits, as an integer. A bias to be added there is added to TO_WHOLE.
 */
export const TO_WHOLE = 12582912;

/** e^x rounds to 0 below the first and to infinity above the second. */
export const EXP_LOWEST = -104;
export const EXP_HIGHEST = 89;
/** e^x - 1 rounds to -1 below. */
export const EXPM1_LOWEST = -18;
/** 2^-24: for a smaller |x|, e^x - 1 is x but for less than half a unit in the last place. */
export const EXPM1_IS_X = 5.9604644775390625e-8;

/** (e^r - 1 - r) / r² = E2 + E3·r + … for |r| ≤ ln 2 / 2, of e^r - 1 at most 1.5e-8 off. */
export const E2 = 0.4999999701976776;
export const E3 = 0.16666539013385773;
export const E4 = 0.04166774824261665;
export const E5 = 0.008367087692022324;
export const E6 = 0.0013837863225489855;

// The normal distribution function, in float64.
/** -log₂(e) / 2 */
export const HALF_LOG2_E = -0.7213475204444817;
/** 1.5·2^52: TO_WHOLE for float64. */
export const TO_WHOLE_64 = 6755399441055744;
/** Φ(-x) rounds to 0 above. */
export const NORMAL_LOWEST = 14.25;

/** 2^f = T0 + T1·f + … for |f| ≤ 1/2, at most 1.9e-9 of it off. */
export const T0 = 1.0000000005550505;
export const T1 = 0.6931472057670709;
export const T2 = 0.24022646886083818;
export const T3 = 0.055503287119293074;
export const T4 = 0.009618489244401646;
export const T5 = 0.0013399957592659542;
export const T6 = 0.00015345788929471484;

/** Φ(-a)·e^(a²/2) = (N0 + N1·a + …) / (1 + D1·a + …) for 0 ≤ a ≤ 14.3, at most 5.8e-9 of it off. */
export const N0 = 0.5000000028752489;
export const N1 = 0.4378844774183221;
export const N2 = 0.1829308305959382;
export const N3 = 0.040530575611143094;
export const N4 = 0.004101051240935472;
export const D1 = 1.6736539256489116;
export const D2 = 1.2012396073795977;
export const D3 = 0.4686672101944803;
export const D4 = 0.10160167471388207;
export const D5 = 0.010279687773439664;
