import styles from './Agreement.module.css';

/** A box to tick before a form is sent: what one knows, in a sentence. */
export function Agreement({ children }: { children: string }) {
  return (
    <label className={styles.agreement}>
      <input type="checkbox" required />
      {children}
    </label>
  );
}
