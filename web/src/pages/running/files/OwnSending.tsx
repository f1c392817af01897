import { Sending } from '../../../parts/deliveries/Sending';
import { OwnDelivery } from './OwnDelivery';

/** The place to drop files, for who runs an operation. */
export function OwnSending({ operation }: { operation: string }) {
  return (
    <Sending>{(delivery) => <OwnDelivery operation={operation} delivery={delivery} />}</Sending>
  );
}
