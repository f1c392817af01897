import { chromium } from 'playwright-core';

/** One browser for all journeys: Vitest calls this before them, and what it gives back after. */
export default async function startBrowser(): Promise<() => Promise<void>> {
  const server = await chromium.launchServer({
    executablePath: process.env.CHROMIUM ?? 'chromium',
    // A sandbox of Chromium does not start for root, as whom most gates run.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  process.env.BROWSER = server.wsEndpoint();
  return () => server.close();
}
