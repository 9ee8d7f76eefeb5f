/**
 * The adversary: a whole venue on one thread, made and stepped by one seed. The agents are those of production (gateway,
 * sequencer, replicas with the real core, clients); network, disks and clocks are simulated, and fail as the seed says.
 * Whatever happens is told to the invariants of {@link org.isochron.replay.check}. The same seed gives the same run, bit
 * for bit: nothing here reads a clock, throws dice of its own, or walks a hash map.
 */
package org.isochron.replay.sim;
