import { runningRoutes } from './running/running';
import { staffRoutes } from './staff';

/** Pages for who runs operations and for staff; loaded when somebody goes there. */
export const areaRoutes = [...runningRoutes, ...staffRoutes] as const;

export type AreaRoutes = typeof areaRoutes;
