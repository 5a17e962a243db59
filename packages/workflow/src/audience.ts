/**
 * The audience of the OIDC tokens a run asks for: one per execution, so a token shown for one execution proves nothing about another.
 * The generated jobs build the same string in bash.
 */
export function oidcAudience(executionId: string): string {
  return `infraskill.${executionId}`;
}
