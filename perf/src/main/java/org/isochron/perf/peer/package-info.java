/**
 * Other people's engines. Their libraries are of other versions than ours, so they are no dependency of anything we ship:
 * they stand in a folder, {@code perf/target/peers}, and only the JVM that measures one of them has it on its class path.
 */
package org.isochron.perf.peer;
