import { billsRoutes } from './bills';
import { home, operations } from './home';
import { keyRoutes } from './keys';
import { monthRoutes } from './months';
import { operation } from './operation';
import { paymentRoutes } from './payments';
import { peopleRoutes } from './people';
import { settingUpRoutes } from './settingUp';
import { togetherRoutes } from './together';

/** What who runs operations does with them; in scripts of their own, which no member loads. */
export const runningRoutes = [
  operations,
  operation.addChildren([
    home,
    ...monthRoutes,
    ...billsRoutes,
    paymentRoutes,
    ...peopleRoutes,
    ...keyRoutes,
    ...togetherRoutes,
    ...settingUpRoutes,
  ]),
] as const;
