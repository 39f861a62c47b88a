"""The other side of record_act_speed.py: SpiffWorkflow keeps a flow of twelve steps in SQLite.

Run by record_act_speed.py in an environment of its own; prints one line of JSON. The workflow is serialised
whole after every step, as its documentation shows, and written into one row; every write is committed.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

STEPS = 12
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions '
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="http://example.org">'
    '<bpmn:process id="flow" isExecutable="true"><bpmn:startEvent id="start">'
    "<bpmn:outgoing>f0</bpmn:outgoing></bpmn:startEvent>"
)


def diagram() -> str:
    """A process of twelve tasks done by people, one after the other."""
    parts = [HEAD, '<bpmn:sequenceFlow id="f0" sourceRef="start" targetRef="t1"/>']
    for number in range(1, STEPS + 1):
        target = f"t{number + 1}" if number < STEPS else "end"
        parts.append(
            f'<bpmn:manualTask id="t{number}" name="step {number}">'
            f"<bpmn:incoming>f{number - 1}</bpmn:incoming>"
            f"<bpmn:outgoing>f{number}</bpmn:outgoing></bpmn:manualTask>"
            f'<bpmn:sequenceFlow id="f{number}" sourceRef="t{number}" targetRef="{target}"/>'
        )
    parts.append(f'<bpmn:endEvent id="end"><bpmn:incoming>f{STEPS}</bpmn:incoming></bpmn:endEvent>')
    return "".join((*parts, "</bpmn:process></bpmn:definitions>"))


def main() -> int:
    """Walk flows to their end and time every step with what it takes to keep it."""
    flows = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "flow.bpmn"
        path.write_text(diagram(), encoding="utf-8")
        parser = BpmnParser()
        parser.add_bpmn_file(str(path))
        spec = parser.get_spec("flow")
        serializer = BpmnWorkflowSerializer()
        database = sqlite3.connect(Path(folder) / "flows.sqlite3")
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE flow (id INTEGER PRIMARY KEY, content TEXT)")
        wall, busy, size = [], [], 0
        for number in range(flows):
            workflow = BpmnWorkflow(spec)
            workflow.do_engine_steps()
            database.execute("INSERT INTO flow VALUES (?, ?)", (number, serializer.serialize_json(workflow)))
            database.commit()
            for step in range(STEPS):
                began, cpu = time.perf_counter(), time.process_time()
                stored = database.execute("SELECT content FROM flow WHERE id = ?", (number,)).fetchone()[0]
                workflow = serializer.deserialize_json(stored)
                task = workflow.get_next_task(state=TaskState.READY, manual=True)
                task.data[f"field{step}"] = "整改措施已经落实，佐证齐全。" * 4
                task.run()
                workflow.do_engine_steps()
                content = serializer.serialize_json(workflow)
                database.execute("UPDATE flow SET content = ? WHERE id = ?", (content, number))
                database.commit()
                wall.append((time.perf_counter() - began) * 1000)
                busy.append((time.process_time() - cpu) * 1000)
                size = len(content)
            assert workflow.completed
    cuts = statistics.quantiles(wall, n=20)
    print(
        json.dumps(
            {
                "version": version("SpiffWorkflow"),
                "p5": cuts[0],
                "median": cuts[9],
                "p95": cuts[18],
                "busy": statistics.median(busy),
                "bytes": size,
            }
        )
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
