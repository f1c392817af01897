import { invoicesWords } from '../messages/invoices';
import { pdfOf } from '../queries/invoices';
import { useLanguage, useWords } from '../words/language';
import { Download } from './Download';

interface PdfButtonProps {
  invoice: { id: string; number: string | null };
  /** Where there is room: in words. */
  isLong?: boolean;
}

/** Keeps the document of an invoice as a file, in the reader's language. */
export function PdfButton({ invoice, isLong = false }: PdfButtonProps) {
  const words = useWords(invoicesWords);
  const language = useLanguage();
  const name = invoice.number ?? words.draft;
  return (
    <Download
      name={`${name}.pdf`}
      label={words.pdfOf(name)}
      load={() => pdfOf(invoice.id, language)}
    >
      {isLong ? words.pdf : 'PDF'}
    </Download>
  );
}
