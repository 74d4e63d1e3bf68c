/** Whether our trials bear out what a paper claims: verdicts are computed, never written. */
import { examine } from "./claim-tests.js";
import type { Claim, ClaimData, ClaimVerdict, Examined, Finding, JudgedClaim } from "./claims.js";
import { FALSE_ALARM_LEVEL } from "./count-differences.js";
import { holmAdjusted } from "./holm.js";

/** All tests of all claims together share one false-alarm level, by Holm's adjustment. */
export function judgeClaims(claims: readonly Claim[], data: ClaimData): JudgedClaim[] {
  const examined = claims.map((claim) => examine(claim, data));
  const findings = examined.flat().flatMap(({ findings }) => (isTested(findings) ? findings : []));
  const adjusted = holmAdjusted(findings.map(({ p }) => p));
  const adjustedOf = new Map(findings.map((finding, i) => [finding, adjusted[i]]));
  return claims.map((claim, i) => {
    const groups = examined[i].map(({ findings, ...found }) => ({
      ...found,
      verdict: isTested(findings)
        ? together(findings.map((finding) => verdictOf(finding, adjustedOf.get(finding)!)))
        : findings,
    }));
    return { claim, groups, verdict: together(groups.map(({ verdict }) => verdict)) };
  });
}

function isTested(findings: Examined["findings"]): findings is readonly Finding[] {
  return typeof findings !== "string";
}

function verdictOf({ sign }: Finding, adjusted: number): ClaimVerdict {
  if (adjusted > FALSE_ALARM_LEVEL) return "cannot tell";
  return sign > 0 ? "holds" : "does not hold";
}

function together(verdicts: readonly ClaimVerdict[]): ClaimVerdict {
  if (verdicts.includes("does not hold")) return "does not hold";
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === "holds")
    ? "holds"
    : "cannot tell";
}
