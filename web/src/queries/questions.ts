import { api, unwrap } from '../api/client';
import type { components } from '../api/schema/community';

/** Where the answer will come. Throws Problem. */
export async function askOrganiser(
  operation_id: string,
  body: components['schemas']['QuestionIn'],
): Promise<string> {
  const params = { path: { operation_id } };
  const asked = await unwrap(
    api.POST('/community/operations/{operation_id}/questions', { params, body }),
  );
  return asked.answer_to;
}
