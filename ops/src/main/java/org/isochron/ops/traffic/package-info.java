/** Clients that drive a venue on one thread, whichever they are, and what they tell the view while they do. */
package org.isochron.ops.traffic;
