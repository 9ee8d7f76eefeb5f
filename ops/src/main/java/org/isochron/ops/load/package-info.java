/**
 * Simulated traders for demonstrations: makers quote both sides around the index they see, takers send IOC orders, price
 * publishers walk at random. All of it is seeded and integer, on one thread, and open-loop: every order has an intended
 * send time from a fixed schedule, and latency counts from there, so that a stall of the venue shows in the figures.
 */
package org.isochron.ops.load;
