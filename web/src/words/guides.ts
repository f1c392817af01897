/** The guides of docs/guide, by whom they are for. */
export const GUIDES = ['member', 'organiser', 'staff'] as const;
export type GuideName = (typeof GUIDES)[number];

export function isGuide(name: string): name is GuideName {
  return GUIDES.some((guide) => guide === name);
}
