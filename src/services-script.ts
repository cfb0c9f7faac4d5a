import { add } from './extras'
import { resolveServices } from './services-by-name'

// `crumb-services.js`: ready-made services by their names.
add(resolveServices)
