/** low: reads only. medium: changes something, a person confirms. high: needs an approval for exactly this operation. */
export const risks = ['low', 'medium', 'high'] as const
/** One of {@link risks}. */
export type Risk = (typeof risks)[number]

/** True when a risk is as high as another, or higher. */
export function atLeast(risk: Risk, floor: Risk): boolean {
  return risks.indexOf(risk) >= risks.indexOf(floor)
}
