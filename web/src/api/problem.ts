/** A refusal of the platform: RFC 9457, and which request it was. */
export class Problem extends Error {
  readonly slug: string;
  readonly status: number;
  readonly facts: Record<string, unknown>;
  readonly requestId: string | null;

  constructor(body: Record<string, unknown>, response: Response) {
    super(String(body.title ?? response.statusText));
    this.slug = String(body.type ?? '').replace('/problems/', '');
    this.status = response.status;
    this.facts = body;
    this.requestId = response.headers.get('x-request-id');
  }

  /** Names of the fields of a body that are not as they should be. */
  get wrongFields(): string[] {
    const errors = Array.isArray(this.facts.errors) ? this.facts.errors : [];
    return errors.map(({ where }) => String(where).replace('body/', ''));
  }
}

/** Which refusal it is; empty: none, the platform did not answer. */
export function slugOf(error: Error): string {
  return error instanceof Problem ? error.slug : '';
}

/** A refusal that an answer contains, as it was worded then. */
export function problemTold(body: Record<string, unknown>): Problem {
  return new Problem(body, new Response(null, { status: Number(body.status) || 409 }));
}
