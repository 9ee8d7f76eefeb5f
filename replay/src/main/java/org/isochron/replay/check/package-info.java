/**
 * What must hold whatever happens, each an object of its own that watches a venue from outside and keeps a naive model
 * where that helps. They know frames, events and messages, and nothing of who drives them.
 */
package org.isochron.replay.check;
