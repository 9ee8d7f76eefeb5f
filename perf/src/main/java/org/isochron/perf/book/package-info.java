/**
 * The order book alone, one thread, one instrument: engines behind {@link org.isochron.perf.book.BookEngine}, a trial that
 * measures one of them in a JVM of its own, and the comparison that starts the trials in interleaved rounds and takes the
 * medians. An engine that makes other trades than the reference ends the comparison.
 */
package org.isochron.perf.book;
