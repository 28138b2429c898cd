# Variables that the house gives this session.
if [ -r /run/mayfly/environment ]; then
    . /run/mayfly/environment
fi
