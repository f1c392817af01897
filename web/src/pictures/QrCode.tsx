import encodeQR from 'qr';
import styles from './QrCode.module.css';

/** Modules of white around it, without which cameras do not find it. */
const MARGIN = 4;

interface QrCodeProps {
  text: string;
  label: string;
}

/** A text as a camera reads it: always dark on white. */
export function QrCode({ text, label }: QrCodeProps) {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: MARGIN });
  return (
    <svg
      className={styles.code}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect className={styles.light} width={rows.length} height={rows.length} />
      <path className={styles.dark} d={rows.flatMap(squaresOf).join('')} />
    </svg>
  );
}

function squaresOf(row: boolean[], y: number): string[] {
  return row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []));
}
