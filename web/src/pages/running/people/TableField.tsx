import { useId, useState } from 'react';
import { importWords } from '../../../messages/running/imports';
import { DropZone } from '../../../parts/DropZone';
import fields from '../../../parts/Field.module.css';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import { useWords } from '../../../words/language';
import styles from './TableField.module.css';

interface TableFieldProps {
  text: string;
  onText: (text: string) => void;
  attempt: { error: Error | null; isPending: boolean };
  onCheck: () => void;
}

/** A table that is dropped, chosen or pasted, and can be corrected before it is checked. */
export function TableField({ text, onText, attempt, onCheck }: TableFieldProps) {
  const words = useWords(importWords);
  const [isUnread, setUnread] = useState(false);
  const id = useId();
  const read = async (file: File | undefined) => {
    if (!file) return;
    const content = utf8Of(await file.arrayBuffer());
    setUnread(content === null);
    if (content !== null) onText(content);
  };
  return (
    <>
      <div className={styles.zone}>
        <DropZone
          label={words.file}
          help={words.drop}
          choose={words.choose}
          accept=".csv,text/csv,text/plain"
          onFiles={([file]) => void read(file)}
        >
          <p role="status">{isUnread && words.notUtf8}</p>
        </DropZone>
      </div>
      <SendForm attempt={attempt} submit={words.check} isWide onSend={onCheck}>
        <div className={fields.field}>
          <label htmlFor={id}>{words.text}</label>
          <span slot="description" id={`${id}-help`} className={shared.weak}>
            {words.textHelp}
          </span>
          <textarea
            className={styles.table}
            id={id}
            rows={8}
            required
            spellCheck={false}
            aria-describedby={`${id}-help`}
            value={text}
            onChange={({ target }) => onText(target.value)}
          />
        </div>
      </SendForm>
    </>
  );
}

/** Null: it is of another encoding. */
function utf8Of(content: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return null;
  }
}
