import { Button } from 'react-aria-components';
import styles from './QuietButton.module.css';

/** For what is beside the point of a page. */
export function QuietButton({ children, onPress }: { children: string; onPress: () => void }) {
  return (
    <Button className={styles.quiet ?? ''} onPress={onPress}>
      {children}
    </Button>
  );
}
