/**
 * The sequencer: gives every command its place in the one total order. It stamps, appends to its journal, then publishes
 * the very same bytes once. It knows nothing of what a command means, beyond the frame round it.
 */
package org.isochron.sequencer.sequence;
