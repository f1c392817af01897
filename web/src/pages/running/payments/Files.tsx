import go from '../../../parts/Go.module.css';
import hidden from '../../../parts/Hidden.module.css';
import styles from './Payments.module.css';

interface FilesProps {
  label: string;
  onFiles: (files: File[]) => void;
}

/** A button by which XML files of a bank are chosen; they are sent at once. */
export function Files({ label, onFiles }: FilesProps) {
  return (
    <label className={`${go.quiet} ${styles.choose}`}>
      {label}
      <input
        className={hidden.hidden}
        type="file"
        accept=".xml,application/xml,text/xml"
        multiple
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          if (files.length > 0) onFiles(files);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
    </label>
  );
}
