/** Let the reader keep a file; `content` is all of it. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // A browser that is slow to begin still needs it for a moment.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
