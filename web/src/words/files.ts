const ENDINGS: Record<string, string> = {
  'application/pdf': 'pdf',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'image/png': 'png',
  'image/jpeg': 'jpg',
};

/** Papers as the platform takes them, which looks at what they contain. */
export const PAPER_FILES = '.pdf,.odt,.docx,.png,.jpg,.jpeg';

/** How the name of a file ends, by its media type. */
export function endingOf(mediaType: string): string {
  return ENDINGS[mediaType] ?? 'bin';
}
