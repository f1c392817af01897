import { createRoute, redirect } from '@tanstack/react-router';
import { inside } from './root';

/**
 * Where the addresses of an area lead until its routes are there, in place of the doors: members,
 * who never go there, never load them.
 */
function doorOf(path: '/o/$' | '/staff/$') {
  return createRoute({
    getParentRoute: () => inside,
    path,
    beforeLoad: async ({ context: { openAreas }, location }) => {
      await openAreas();
      throw redirect({ href: location.href, replace: true });
    },
  });
}

export const doors = [doorOf('/o/$'), doorOf('/staff/$')];
