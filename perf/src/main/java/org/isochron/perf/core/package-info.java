/**
 * The whole core, one thread: frames in memory, the venue, events in their batch; and how its cost grows with the number
 * of orders, accounts and instruments. No journal, no network, no checksum.
 */
package org.isochron.perf.core;
