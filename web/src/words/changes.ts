/** A field before and after a change; undefined: it was not there. */
interface FieldChange {
  field: string;
  before: string | undefined;
  after: string | undefined;
}

type Row = Record<string, unknown> | null;

/** Each field of a change, before and after; secrets are shown as `(secret)`. */
export function fieldChanges(before: Row, after: Row): FieldChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return fields
    .map((field) => ({ field, before: textOf(before, field), after: textOf(after, field) }))
    .filter((change) => change.before !== undefined || change.after !== undefined);
}

function textOf(row: Row, field: string): string | undefined {
  const value = row?.[field];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
