/** The four parts of the platform, each of which answers for itself. */
export const SERVICES = ['community', 'ingest', 'allocation', 'billing'] as const;

export type Service = (typeof SERVICES)[number];
