import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

export type MemberList = components['schemas']['MemberListOut'];
export type PerimeterPreview = components['schemas']['PreviewOut'];

const OPERATION = '/community/operations/{operation_id}';

/** A table goes as it is. */
function csv(text: string) {
  return {
    body: text,
    bodySerializer: (body: string) => body,
    headers: { 'Content-Type': 'text/csv' },
  };
}

/** What a list of members would do; nothing is changed. Throws Problem. */
export function previewMembers(operation_id: string, text: string): Promise<MemberList> {
  const params = { path: { operation_id } };
  return unwrap(api.POST(`${OPERATION}/members/preview`, { params, ...csv(text) }));
}

/** Its answer has the ids of members, new ones too. Throws Problem. */
export function importMembers(
  operation_id: string,
  text: string,
  preview: string,
): Promise<MemberList> {
  const params = { path: { operation_id }, query: { preview } };
  return unwrap(api.POST(`${OPERATION}/members/import`, { params, ...csv(text) }));
}

/** The same of participations. Throws Problem. */
export function previewParticipations(
  operation_id: string,
  text: string,
): Promise<PerimeterPreview> {
  const params = { path: { operation_id } };
  return unwrap(api.POST(`${OPERATION}/participations/preview`, { params, ...csv(text) }));
}

/** Throws Problem. */
export async function importParticipations(operation_id: string, text: string, preview: string) {
  const params = { path: { operation_id }, query: { preview } };
  await unwrap(api.POST(`${OPERATION}/participations/import`, { params, ...csv(text) }));
}
