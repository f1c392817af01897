/** How a browser is started that nobody sees: that of CHROMIUM, else that of the PATH. */
export const launchOptions = {
  executablePath: process.env.CHROMIUM ?? 'chromium',
  // A sandbox of Chromium does not start for root, as whom most gates run.
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
};
