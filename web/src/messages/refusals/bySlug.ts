/** What a refusal says of itself, beside its words. */
type Facts = Record<string, unknown>;

/** By slug of the problem: what happened, and what to do. */
export type BySlug = Record<string, string | ((facts: Facts) => string)>;
