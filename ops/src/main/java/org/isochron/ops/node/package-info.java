/**
 * One node as one process, put together from a configuration file: {@link org.isochron.ops.node.NodeProcess} starts it,
 * waits for the signal to stop or for its failure, and ends it in good order.
 */
package org.isochron.ops.node;
