// Times go-trafilatura over the pages named in the arguments: text, title, author and date.
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"syscall"

	"github.com/markusmobius/go-trafilatura"
)

func cpuSeconds() (float64, int64) {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9, usage.Maxrss
}

func read(path string) []byte {
	file, err := os.Open(path)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		panic(err)
	}
	page, err := io.ReadAll(unzipped)
	if err != nil {
		panic(err)
	}
	return page
}

func main() {
	var pages [][]byte
	for _, path := range os.Args[1:] {
		pages = append(pages, read(path))
	}
	start, loaded := cpuSeconds()
	answered := 0
	for _, page := range pages {
		result, err := trafilatura.Extract(bytes.NewReader(page), trafilatura.Options{EnableFallback: true})
		if err == nil && result != nil {
			answered++
		}
	}
	end, peak := cpuSeconds()
	version := "?"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "github.com/markusmobius/go-trafilatura" {
				version = module.Version
			}
		}
	}
	fmt.Printf("{\"name\":\"go-trafilatura %s\",\"cpu_seconds\":%.3f,\"answered\":%d,\"peak_mb\":%.1f,\"loaded_mb\":%.1f}\n",
		version, end-start, answered, float64(peak)/1024, float64(loaded)/1024)
}
