import { type ReactNode, useState } from 'react';
import styles from './DropZone.module.css';
import go from './Go.module.css';
import hidden from './Hidden.module.css';

interface DropZoneProps {
  label: string;
  help: string;
  choose: string;
  /** Its button is the one thing to do on the page. */
  isFirst?: boolean;
  /** Of one file. */
  accept?: string;
  onFiles: (files: readonly File[]) => void;
  children?: ReactNode;
}

/** Takes files that are dropped on it, or chosen by its button. */
export function DropZone({
  label,
  help,
  choose,
  isFirst,
  accept,
  onFiles,
  children,
}: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  return (
    <fieldset
      className={`${styles.zone} ${isOver ? styles.over : ''}`}
      aria-label={label}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <p>{help}</p>
      <label className={`${isFirst ? go.go : go.quiet} ${styles.choose}`}>
        {choose}
        <input
          className={hidden.hidden}
          type="file"
          multiple={!accept}
          accept={accept}
          onChange={({ target }) => {
            onFiles([...(target.files ?? [])]);
            // The same file, mended elsewhere, may be chosen again.
            target.value = '';
          }}
        />
      </label>
      {children}
    </fieldset>
  );
}
