package org.isochron.replay.sim;

import java.util.function.Supplier;

/**
 * A bug that a careless hand might have left in the venue, planted around one of its parts: the checks must find it.
 *
 * @param name as the report has it.
 * @param what goes wrong, in words.
 * @param parts makes the parts for one run; bugs have memories.
 */
record PlantedBug(String name, String what, Supplier<Parts> parts) {}
