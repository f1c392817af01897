import { Icon } from './Icon';
import styles from './Said.module.css';

/** That something was done; who listens hears it. Empty as long as there is nothing to say. */
export function Said({ children }: { children: string | false | null }) {
  return (
    <p className={styles.said} role="status">
      {children && (
        <>
          <Icon name="done" /> {children}
        </>
      )}
    </p>
  );
}
