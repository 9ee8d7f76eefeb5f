package org.isochron.ops.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;

/** The findings of one benchmark. */
public interface BenchReport {
    /** A table with the conditions and the targets, reached or missed. */
    void print(PrintWriter out);

    ObjectNode toJson();

    /** A picture of the findings. */
    BarChart toChart();
}
