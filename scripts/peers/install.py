"""Installs the peers below build/peers: Python's from PyPI, Go's as a module. Each returns the command that runs it."""
import os
import subprocess
import sys

SOURCES = os.path.dirname(os.path.abspath(__file__))
PEERS = os.path.join(os.path.dirname(os.path.dirname(SOURCES)), 'build', 'peers')


def install_python(script):
    """A virtual environment of its own for each script: the peers' needs do not agree."""
    name = script.removeprefix('run_').removesuffix('.py')
    python = os.path.join(PEERS, name, 'bin', 'python')
    wanted = os.path.join(SOURCES, name + '.requirements.txt')
    done = os.path.join(PEERS, name, 'installed')
    if not os.path.exists(done):
        subprocess.run([sys.executable, '-m', 'venv', os.path.join(PEERS, name)], check=True)
        subprocess.run([python, '-m', 'pip', 'install', '-q', '-r', wanted], check=True)
        with open(done, 'w', encoding='utf-8'):
            pass
    return [python, os.path.join(SOURCES, script)]


def install_trafilatura():
    return install_python('run_trafilatura.py')


def install_spacy():
    return install_python('run_spacy.py')


def install_go_trafilatura():
    program = os.path.join(PEERS, 'go-trafilatura')
    if not os.path.exists(program):
        subprocess.run(['go', 'build', '-o', program, '.'], cwd=os.path.join(SOURCES, 'go-trafilatura'), check=True)
    return [program]
