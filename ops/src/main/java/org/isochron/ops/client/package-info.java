/**
 * What the simulated traders and the feed have in common: sessions that remember when each request was meant to be sent,
 * and the figures made of the answers.
 */
package org.isochron.ops.client;
