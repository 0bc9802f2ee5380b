/**
 * The target `kmdf`: a WMI provider for framework-based drivers, in C.
 */
import { providerTarget } from '../provider/provider-target.js';
import { kmdfDeclarationsView, planKmdf, skeletonView, sourceView } from './view.js';

export const kmdf = providerTarget({
  name: 'kmdf',
  summary: 'C for KMDF drivers: header, registration, callbacks, validators, and a skeleton',
  plan: planKmdf,
  declarationsView: kmdfDeclarationsView,
  sourceView,
  skeletonView,
});
