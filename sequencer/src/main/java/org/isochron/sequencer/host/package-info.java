/** Runs agents: one thread each or several on one, with a named idle strategy, an orderly close and a loud failure. */
package org.isochron.sequencer.host;
