import { chromium } from 'playwright-core';
import { launchOptions } from '../../scripts/chromium.mjs';

/** One browser for all journeys: Vitest calls this before them, and what it gives back after. */
export default async function startBrowser(): Promise<() => Promise<void>> {
  const server = await chromium.launchServer(launchOptions);
  process.env.BROWSER = server.wsEndpoint();
  return () => server.close();
}
